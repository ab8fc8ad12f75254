import { fileSizeLimit, type Folder } from "./folder.js";
import type { SqlFile } from "./project.js";

/** Templates by which a cloud makes tables and buckets: any YAML, and JSON that is called one. */
const names = /\.ya?ml$|(?:template|stack|serverless|cloudformation|infra)[^/]*\.json$/iu;

export function readStackFiles(folder: Folder): SqlFile[] {
  return folder.paths
    .filter((path) => names.test(path) && folder.size(path) <= fileSizeLimit)
    .sort()
    .map((path) => ({ path, text: folder.read(path) ?? "" }))
    .filter(({ text }) => /\bAWS::(?:DynamoDB|S3|Serverless)::/u.test(text));
}
