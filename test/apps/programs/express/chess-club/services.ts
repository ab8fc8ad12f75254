import type { ConsentService } from "./consent-service.js";
import type { GameRepository, MemberRepository } from "./repositories.js";
import type { Game, Member } from "./types.js";

export class MemberService {
  constructor(
    private readonly members: MemberRepository,
    private readonly consents: ConsentService,
  ) {}

  async join(member: Member, guardianId: string): Promise<{ id: number }> {
    await this.consents.ensure(guardianId);
    return { id: await this.members.insert(member) };
  }

  /** Errors of single members must not stop an import. */
  async importAll(list: Member[], guardianId: string): Promise<number> {
    await this.consents.ensure(guardianId).catch((error) => console.warn(error.message));
    await this.members.insertMany(list);
    return list.length;
  }

  async rename(id: number, member: Member): Promise<void> {
    await this.members.update(id, member);
  }
}

export class GameService {
  constructor(
    private readonly games: GameRepository,
    private readonly consents: ConsentService,
  ) {}

  async record(game: Game, guardianId: string): Promise<void> {
    if (!(await this.consents.isGranted(guardianId))) return;
    await this.games.insert(game);
  }

  async analyse(game: Game, guardianId: string): Promise<string> {
    const asked = this.consents.isGranted(guardianId);
    const answer = await fetch("https://engine.example/analyse", { method: "POST", body: game.moves }); // expect: require-guardian-consent Game.moves
    return (await asked) ? JSON.stringify(await answer.json()) : "";
  }
}
