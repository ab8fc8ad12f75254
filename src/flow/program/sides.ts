/** The two sides of a branch. */
export type Side = "then" | "else";

/** By the position of the block that ends in the branch: the only side it takes. */
export type DecidedBranches = ReadonlyMap<number, Side>;
