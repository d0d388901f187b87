"""The demo page: people, their chats and the lines of the network, in a browser."""
