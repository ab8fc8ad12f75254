import { initializeApp } from "@firebase/app";
import { createUserWithEmailAndPassword, getAuth, sendPasswordResetEmail, signInWithCustomToken, signInWithEmailAndPassword, updateProfile } from "@firebase/auth";
import { getFunctions, httpsCallable } from "@firebase/functions";
import type { Child } from "../child.js";

const app = initializeApp({ apiKey: "key", projectId: "school", appId: "1:2:web:3" });
const auth = getAuth(app);
const functions = getFunctions(app);

export async function createUser(child: Child): Promise<void> {
  const { user } = await createUserWithEmailAndPassword(auth, child.email, "secret"); // sends to Google: email
  await updateProfile(user, { displayName: child.name }); // sends to Google: name
}

export async function signIn(child: Child): Promise<void> {
  await signInWithEmailAndPassword(auth, child.email, "secret"); // sends to Google: email
}

export async function token(child: Child): Promise<void> {
  await signInWithCustomToken(auth, child.note); // sends to Google: note
}

export async function reset(child: Child): Promise<void> {
  await sendPasswordResetEmail(auth, child.email); // sends to Google: email
}

export async function callable(child: Child): Promise<void> {
  const greet = httpsCallable(functions, "greet");
  await greet({ name: child.name, note: child.note }); // sends to Google: name, note
}

export async function quiet(child: Child): Promise<void> {
  await httpsCallable(functions, "greet")({ school: child.school });
}
