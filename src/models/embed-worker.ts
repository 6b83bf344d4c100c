// The worker thread that runs the sentence model.
export {};
