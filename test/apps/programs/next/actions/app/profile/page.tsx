import { saveDraft, saveProfile } from "./actions";

export default function ProfilePage() {
  return (
    <>
      <form action={saveProfile}>
        <input name="nickname" />
        <input name="hobby" />
        <button>Save</button>
        <button formAction={saveDraft}>Keep as a draft</button>
      </form>
    </>
  );
}
