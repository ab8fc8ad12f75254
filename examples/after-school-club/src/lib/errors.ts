import type { ChildInput } from "../models/index.js";

export class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

export class NotFoundError extends HttpError {
  constructor(what: string) {
    super(404, `${what} not found`);
  }
}

export class ForbiddenError extends HttpError {
  constructor(message: string) {
    super(403, message);
  }
}

export class DuplicateChildError extends HttpError {
  constructor(readonly candidate: ChildInput) {
    super(409, "this child is enrolled already");
  }
}

/** What may be written about an error of unknown origin: its class, never its text. */
export function errorKind(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
