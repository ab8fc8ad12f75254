/** An entry by convention is reached under its file's path below a folder. */
export interface RoutedRole {
  readonly kind: "routed";
  readonly below: string;
  /** With the file's own name. */
  readonly named: boolean;
  /** Dots stand between the parts of a name: `pupils.$id.tsx`. */
  readonly dotted: boolean;
  /** Of the requests that it is for. */
  readonly method: string | null;
}
