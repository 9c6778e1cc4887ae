-- about: customers that a customers feed has
SELECT r.customer_id
FROM attribute a JOIN customer_attribute c ON c.attribute = a.attribute JOIN raw_customer r ON r.customer = c.customer
WHERE a.name = 'in_customers_feed';
