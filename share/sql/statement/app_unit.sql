-- about: currency, decimals and scale of the store
SELECT currency, decimals, scale FROM store_unit
