"""Captions and subtitles: SRT, WebVTT, TTML and IMSC, SCC, EBU STL."""
