/** Is this the name of a package or of a part of one (`@acme/consent`, `node:fs/promises`), and no file's? */
export function isPackageName(place: string): boolean {
  return (
    /^(?:node:)?(?:@[\w.~-]+\/)?[\w~-][\w.~-]*(?:\/[\w.~/-]+)?$/.test(place) &&
    !/\.(?:[cm]?[jt]sx?|prisma)$/.test(place)
  );
}
