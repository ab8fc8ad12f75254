export const layers: readonly (readonly string[])[];
export const moduleBans: readonly {
  readonly modules: readonly string[];
  readonly allowed: readonly string[];
  readonly why: string;
}[];
export function layerFault(from: string, to: string): string | null;
export function layerOf(path: string): string | null;
export function layerZones(root: string): { target: string; from: string; message: string }[];
export function restrictedImports(): { files: string[]; rules: Record<string, unknown> }[];
