"""Work on many articles spread over the processes of one machine, or over a Dask cluster."""
