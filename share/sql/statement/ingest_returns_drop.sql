-- about: forget the returns of a customer, to be matched anew
DELETE FROM raw_return WHERE customer = ?1
