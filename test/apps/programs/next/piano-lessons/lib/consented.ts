import { cookies } from "next/headers";
import { checkConsent } from "./guardians";

export interface State {
  message: string;
}

export const consented =
  (work: (form: FormData) => Promise<State>) =>
  async (_before: State, form: FormData): Promise<State> => {
    const check = await checkConsent((await cookies()).get("guardian")?.value);
    if (check.type !== "granted") return { message: "not without your guardian" };
    return work(form);
  };
