"""What is measured, with the stock assistant beside it in the same run, so that figures are ratios."""
