/** What the streams are: terminals show colours and progress, files and pipes do not. */

type Environment = Readonly<Record<string, string | undefined>>;

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Colours only on a terminal; `--no-color`, `NO_COLOR` and `CI` say no. */
export function hasColor(stream: Stream, wanted: boolean, environment: Environment): boolean {
  return (
    wanted &&
    stream.isTTY === true &&
    !isSet(environment.NO_COLOR) &&
    !isSet(environment.CI) &&
    environment.TERM !== "dumb"
  );
}

export function hasProgress(stream: Stream, environment: Environment): boolean {
  return stream.isTTY === true && !isSet(environment.NO_COLOR) && !isSet(environment.CI);
}

export function widthOf(stream: Stream): number {
  return stream.columns ?? 100;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "false" && value !== "0";
}
