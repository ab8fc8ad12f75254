/**
 * Answers to questions that ask each other, in circles and at any depth: the least answers that agree with one
 * another. A question that comes while too many others wait for theirs is put off, with the least answer for the
 * time being; whoever was told less than what came out is asked again. So no chain of questions fills the stack.
 */
interface Question<Answer> {
  answer: Answer;
  readonly answered: () => Answer;
  /** Those who were told an answer that may still grow. */
  readonly askers: Set<Question<Answer>>;
  isWaiting: boolean;
  isFinal: boolean;
}

/** Questions inside each other before one is put off; a few frames of the stack each. */
const deepest = 100;

export class LeastAnswers<Answer, Key = string> {
  private readonly questions = new Map<Key, Question<Answer>>();
  private readonly waiting: Question<Answer>[] = [];
  private readonly open: Question<Answer>[] = [];
  private current: Question<Answer> | null = null;
  private depth = 0;

  constructor(
    private readonly least: Answer,
    /** An answer only grows: of two of the same rank the first stays. */
    private readonly rankOf: (answer: Answer) => number,
  ) {}

  /** `answered` asks here for whatever it needs; the final answer where no question is being answered. */
  ask(key: Key, answered: () => Answer): Answer {
    let question = this.questions.get(key);
    if (question === undefined) {
      question = { answer: this.least, answered, askers: new Set(), isWaiting: false, isFinal: false };
      this.questions.set(key, question);
      this.open.push(question);
      if (this.depth >= deepest) this.putOff(question);
      else this.evaluate(question);
    }
    if (this.current === null) this.settle();
    else if (!question.isFinal) question.askers.add(this.current);
    return question.answer;
  }

  /** The answer to a question that was settled before. */
  settled(key: Key): Answer | undefined {
    const question = this.questions.get(key);
    return question?.isFinal === true ? question.answer : undefined;
  }

  private putOff(question: Question<Answer>): void {
    if (question.isWaiting) return;
    question.isWaiting = true;
    this.waiting.push(question);
  }

  private evaluate(question: Question<Answer>): void {
    const asker = this.current;
    this.current = question;
    this.depth++;
    let answer: Answer;
    try {
      answer = question.answered();
    } finally {
      this.depth--;
      this.current = asker;
    }
    if (this.rankOf(answer) <= this.rankOf(question.answer)) return;
    question.answer = answer;
    for (const each of question.askers) this.putOff(each);
  }

  private settle(): void {
    for (let next = this.waiting.pop(); next !== undefined; next = this.waiting.pop()) {
      next.isWaiting = false;
      this.evaluate(next);
    }
    for (const question of this.open) {
      question.isFinal = true;
      question.askers.clear();
    }
    this.open.length = 0;
  }
}
