"""What is made of the table of options in `core.request`: their reading from text, their checks, their refusals."""
