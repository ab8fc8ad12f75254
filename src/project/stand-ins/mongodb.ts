/** MongoDB's types that only change the identifier of a document, so that what wraps a type keeps its properties. */
export const mongodbStandIn = `
export type WithId<T = any> = Omit<T, "_id"> & { _id: any };
export type WithoutId<T = any> = Omit<T, "_id">;
export type OptionalId<T = any> = Omit<T, "_id"> & { _id?: any };
export type OptionalUnlessRequiredId<T = any> = T;
`;
