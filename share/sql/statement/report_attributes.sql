-- about: attributes of customers, for columns of reports
SELECT attribute, name, type, personal FROM attribute ORDER BY attribute;
