"""Articles taken elsewhere: values of the model as text, Markdown, JSON, HTML, EPUB and Atom. No I/O but the file that is written."""
