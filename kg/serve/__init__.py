"""The graph over HTTP: pages for people, SPARQL and Linked Data for programs.

The event loop never touches the store: what is asked becomes a *job* of a worker process, which can be ended.
"""
