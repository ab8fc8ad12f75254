import { cookies } from "next/headers";
import { cache } from "react";
import { hasConsent } from "./consent";

export interface Session {
  id: string;
  consented: boolean;
}

/** Once a request, however often it is asked for. */
export const getSession = cache(async (): Promise<Session> => {
  const id = (await cookies()).get("session")?.value ?? "";
  return { id, consented: await hasConsent(id) };
});
