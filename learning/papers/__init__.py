"""What people take away: one document of headings, texts and quotations, as PDF, Word file or Markdown."""
