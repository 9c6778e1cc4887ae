-- about: how many attributes of customers there are
SELECT count(*) FROM attribute;
