-- about: customers with accepted rows
SELECT count(*) FROM raw_customer;
