-- about: the running state of one customer
UPDATE raw_customer
SET first_day = ?2, last_day = ?3, open_day = ?4, days = ?5, sales = ?6, refunds = ?7, open_minor = ?8, first_minor = ?9,
    before_minor = ?10, total_minor = ?11, open_sale = ?12
WHERE customer = ?1
