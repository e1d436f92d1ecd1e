"""Still images: file types, and what their headers say. Pixels are not decoded here."""
