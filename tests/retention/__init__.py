"""The retention schedule, holdings, holds and disposals."""
