"""Invoices and credit notes: numbered without gaps, taxed, set as PDF and sent."""
