"""Files that leave the dashboard: workbook, CSV, data sets of the plan."""
