# Small hand-written files in the layouts of the shipped mappings.
EXTRA_DIST += \
  data/sources/b2c/customers.csv \
  data/sources/b2c/device_sessions.csv \
  data/sources/b2c/financial_profiles.csv \
  data/sources/b2c/loyalty_balances.csv \
  data/sources/b2c/orders.csv \
  data/sources/b2c/plans.csv \
  data/sources/b2c/products.csv \
  data/sources/b2c/subscriptions.csv \
  data/sources/b2c/support_tickets.csv \
  data/sources/cdnow.txt \
  data/sources/olist/olist_customers_dataset.csv \
  data/sources/olist/olist_order_items_dataset.csv \
  data/sources/olist/olist_order_payments_dataset.csv \
  data/sources/olist/olist_orders_dataset.csv \
  data/sources/online-retail-ii.csv \
  data/sources/online-retail.csv \
  data/sources/plain.csv
