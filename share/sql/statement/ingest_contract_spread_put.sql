-- about: what the values of a field of the contract are like in a file
INSERT INTO raw_contract_spread (file_id, field, rows, missing, numbers, mean, q25, median, q75)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);
