"""The web chat: the pages, the server behind them and what it says."""
