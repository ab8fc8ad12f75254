// request: POST /loans [x-guardian: g1] {"reader":"TOKEN1","book":"TOKEN2"}
// request: POST /loans/extend [x-guardian: g1] {"reader":"TOKEN1","book":"TOKEN2"}
// request: POST /reservations [x-guardian: g1] {"reader":"TOKEN1","book":"TOKEN2"}
// request: PATCH /reservations/4 [x-guardian: g1] {"reader":"TOKEN1","book":"TOKEN2"}
// request: POST /reviews [x-guardian: g1] {"reader":"TOKEN1","book":"TOKEN2"}
// request: POST /reviews/share [x-guardian: g1] {"reader":"TOKEN1","book":"TOKEN2"}
import "reflect-metadata";
import {
  Body,
  Controller,
  Inject,
  Injectable,
  Module,
  Param,
  Patch,
  Post,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { Pool } from "pg";

class LoanDto {
  /** @childData identity */
  reader!: string;
  /** @childData behaviour */
  book!: string;
}

/** What all tables have in common. */
abstract class BaseRepository<T> {
  protected readonly pool = new Pool();
  abstract readonly table: string;
  protected abstract values(row: T): unknown[];

  /** @guardianConsent */
  async hasConsent(guardianId: string): Promise<boolean> {
    const { rows } = await this.pool.query("SELECT granted FROM consents WHERE guardian_id = $1", [guardianId]);
    return rows[0]?.granted === true;
  }
}

@Injectable()
class LoanRepository extends BaseRepository<LoanDto> {
  readonly table = "loans";
  protected values({ reader, book }: LoanDto) {
    return [reader, book];
  }
  save(loan: LoanDto) {
    return this.pool.query("INSERT INTO loans (reader, book) VALUES ($1, $2)", this.values(loan));
  }
  reserve({ reader }: LoanDto) {
    return this.pool.query("INSERT INTO reservations (reader) VALUES ($1)", [reader]);
  }
  review({ book }: LoanDto) {
    return this.pool.query("INSERT INTO reviews (book) VALUES ($1)", [book]); // expect: require-guardian-consent LoanDto.book
  }
}

@Injectable()
class ConsentGuard implements CanActivate {
  constructor(@Inject(LoanRepository) private readonly loans: LoanRepository) {}
  canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest();
    return this.loans.hasConsent(request.headers["x-guardian"]);
  }
}

/** Lets pass whoever has a card; says so itself. */
@Injectable()
class CardGuard implements CanActivate {
  constructor(@Inject(LoanRepository) private readonly loans: LoanRepository) {}
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest();
    const consent = this.loans.hasConsent(request.headers["x-guardian"]);
    return consent !== null;
  }
}

@Controller("loans")
@UseGuards(ConsentGuard)
class LoansController {
  constructor(@Inject(LoanRepository) private readonly loans: LoanRepository) {}
  @Post()
  async create(@Body() loan: LoanDto) {
    await this.loans.save(loan);
  }
  @Post("extend")
  async extend(@Body() { reader }: LoanDto) {
    await fetch("https://libraries.example/extend", { method: "POST", body: JSON.stringify({ reader }) });
  }
}

@Controller("reservations")
class ReservationsController {
  constructor(@Inject(LoanRepository) private readonly loans: LoanRepository) {}
  @UseGuards(CardGuard, ConsentGuard)
  @Post()
  async create(@Body() loan: LoanDto) {
    await this.loans.reserve(loan);
  }
  @UseGuards(CardGuard)
  @Patch(":id")
  async change(@Param("id") id: string, @Body() loan: LoanDto) {
    await fetch(`https://libraries.example/reservations/${id}`, { method: "PUT", body: loan.reader }); // expect: require-guardian-consent LoanDto.reader
  }
}

@Controller("reviews")
class ReviewsController {
  constructor(@Inject(LoanRepository) private readonly loans: LoanRepository) {}
  @Post()
  async create(@Body() loan: LoanDto) {
    await this.loans.review(loan);
  }
  @Post("share")
  @UseGuards(new ConsentGuard(new LoanRepository()))
  async share(@Body() loan: LoanDto) {
    await fetch("https://reviews.example/new", { method: "POST", body: JSON.stringify({ about: loan.book }) });
  }
}

@Module({
  controllers: [LoansController, ReservationsController, ReviewsController],
  providers: [LoanRepository, ConsentGuard, CardGuard],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(3000);
