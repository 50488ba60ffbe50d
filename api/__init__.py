"""How people and programs reach the library: the command line, the HTTP service and the web page."""
