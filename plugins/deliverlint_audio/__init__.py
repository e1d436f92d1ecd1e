"""Sound: file types, headers, tags and identifiers of recordings. Samples are not decoded here."""
