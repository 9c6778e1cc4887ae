-- about: keep a return and the sale that it was matched to
INSERT INTO raw_return (row, customer, day, amount_minor, matched_minor, matched_by, sale_row, sale_day) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
