"""What may be shown, put together and sealed: protected tables, allowed words, the setting."""
