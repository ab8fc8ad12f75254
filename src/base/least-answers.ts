/**
 * Answers to questions that ask each other, in circles and at any depth: the least answers that agree with one
 * another. A question that comes while too many others wait for theirs is put off, with the least answer for the
 * time being; whoever was told less than what came out is asked again. So no chain of questions fills the stack.
 * Questions that rest on none outside them are final together (the strongly connected components of Tarjan, 1972).
 */
interface Question<Answer> {
  answer: Answer;
  readonly answered: () => Answer;
  /** Those who were told an answer that may still grow. */
  readonly askers: Set<Question<Answer>>;
  isWaiting: boolean;
  isFinal: boolean;
  /** Its place among those that are not final. */
  readonly place: number;
  /** The place of the outermost question on whose answer, which may still grow, this one rests. */
  rests: number;
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
    const question = this.questions.get(key) ?? this.begin(key, answered);
    const { current } = this;
    if (current !== null && !question.isFinal) {
      question.askers.add(current);
      current.rests = Math.min(current.rests, question.rests, question.place);
    }
    return question.answer;
  }

  /** No question is being answered. */
  get isIdle(): boolean {
    return this.current === null;
  }

  /** The answer to a question that was settled before. */
  settled(key: Key): Answer | undefined {
    const question = this.questions.get(key);
    return question?.isFinal === true ? question.answer : undefined;
  }

  private begin(key: Key, answered: () => Answer): Question<Answer> {
    const place = this.open.length;
    const question: Question<Answer> = {
      answer: this.least,
      answered,
      askers: new Set(),
      isWaiting: false,
      isFinal: false,
      place,
      rests: place,
    };
    this.questions.set(key, question);
    this.open.push(question);
    if (this.depth >= deepest) this.putOff(question);
    else {
      this.evaluate(question);
      if (this.current === null) this.settle(question, 0);
      else if (question.rests >= place) this.settle(question, place);
    }
    return question;
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

  /** Answers what waits from a place on, and makes all of it final unless it rests on what stands before. */
  private settle(root: Question<Answer>, from: number): void {
    for (let next = this.nextFrom(from); next !== undefined; next = this.nextFrom(from)) {
      next.isWaiting = false;
      this.evaluate(next);
      root.rests = Math.min(root.rests, next.rests);
      if (root.rests < from) return;
    }
    for (const question of this.open.splice(from)) {
      question.isFinal = true;
      question.askers.clear();
    }
  }

  private nextFrom(place: number): Question<Answer> | undefined {
    const at = this.waiting.findLastIndex((each) => each.place >= place);
    return at < 0 ? undefined : this.waiting.splice(at, 1)[0];
  }
}
