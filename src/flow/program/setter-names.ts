/** Which property a setter is of, by its own name: `Profile.title` is one of `title`. */
export function setterName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
