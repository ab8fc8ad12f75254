// request: SUBMIT diary {"entry":"TOKEN1"}
// request: SUBMIT guestbook {"entry":"TOKEN1"}
// request: SUBMIT wall {"entry":"TOKEN1"}
// request: SUBMIT board {"entry":"TOKEN1"}
import { Component, type FormEvent, type ReactNode } from "react";

interface Note {
  /** @childData content */
  entry: string;
}

/** @guardianConsent */
async function guardianSaidYes(): Promise<boolean> {
  const response = await fetch("/consent");
  return (await response.json()).granted === true;
}

function noteOf(event: FormEvent<HTMLFormElement>): Note {
  event.preventDefault();
  return { entry: new FormData(event.currentTarget).get("entry")!.toString() };
}

class Diary extends Component<object, { agreed: boolean }> {
  state = { agreed: false };

  async componentDidMount(): Promise<void> {
    this.setState({ agreed: await guardianSaidYes() });
  }

  handleSubmit = (event: FormEvent<HTMLFormElement>): void => {
    const note = noteOf(event);
    if (this.state.agreed) localStorage.setItem("diary", note.entry);
  };

  render(): ReactNode {
    return (
      <form name="diary" onSubmit={this.handleSubmit}>
        <textarea name="entry" />
      </form>
    );
  }
}

class Guestbook extends Component<object, { agreed: boolean; text: string }> {
  constructor(props: object) {
    super(props);
    this.state = { agreed: false, text: "" };
    this.send = this.send.bind(this);
  }

  componentDidMount(): void {
    void guardianSaidYes().then((agreed) => {
      this.setState({ agreed });
    });
  }

  send(event: FormEvent<HTMLFormElement>): void {
    const note = noteOf(event);
    this.setState({ text: note.entry });
    void fetch("https://guestbook.example", { method: "POST", body: JSON.stringify(note) }); // expect: require-guardian-consent Note.entry
  }

  render() {
    if (!this.state.agreed) console.info("please ask your guardian");
    return (
      <form name="guestbook" onSubmit={this.send}>
        <textarea name="entry" />
        <p>{this.state.text}</p>
      </form>
    );
  }
}

class Wall extends Component<{ path: string }, { agreed?: boolean }> {
  override state: { agreed?: boolean } = {};

  override componentDidMount() {
    guardianSaidYes().then((agreed) => this.setState({ agreed }), console.error);
  }

  private async post(note: Note) {
    await fetch(`https://walls.example/${this.props.path}`, { method: "POST", body: JSON.stringify(note) });
  }

  override render() {
    if (this.state.agreed !== true) return <p>Please ask your guardian.</p>;
    return (
      <form name="wall" onSubmit={(event) => void this.post(noteOf(event))}>
        <textarea name="entry" />
      </form>
    );
  }
}

class Board extends Component {
  private async post(note: Note) {
    guardianSaidYes();
    await fetch("https://walls.example/board", { method: "POST", body: JSON.stringify(note) }); // expect: require-guardian-consent Note.entry
  }

  override render() {
    return (
      <form name="board" onSubmit={(event) => void this.post(noteOf(event))}>
        <textarea name="entry" />
      </form>
    );
  }
}

export function App() {
  return (
    <>
      <Diary />
      <Guestbook />
      <Wall path="a" />
      <Board />
    </>
  );
}
