-- about: are rows matched at all, and were returns before
SELECT EXISTS (SELECT 1 FROM raw_match) + 2 * EXISTS (SELECT 1 FROM raw_return)
