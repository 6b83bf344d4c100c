// Entry of `npm start`: indexes the corpus, then the Discord bot or a terminal chat.
console.error("Nothing to start yet.");
