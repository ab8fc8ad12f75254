// Sequelize: associations that carry on and such that do not, and a hook of rows.
import { DataTypes, Sequelize } from "sequelize";

export interface Child {
  id: number;
  /** @childData identity */
  name: string;
  /** @childData media */
  recording: string;
  /** @childData communication */
  remark: string;
  /** @childData behaviour */
  mood: string;
}

const sequelize = new Sequelize(process.env.DATABASE_URL!, { logging: false });
const Musicians = sequelize.define("musician", { id: { type: DataTypes.INTEGER, primaryKey: true }, name: DataTypes.TEXT });
const Recordings = sequelize.define("recording", { data: DataTypes.TEXT });
const Remarks = sequelize.define("remark", { text: DataTypes.TEXT });
const Moods = sequelize.define("mood", { musicianId: DataTypes.INTEGER, value: DataTypes.TEXT });
Musicians.hasMany(Recordings, { foreignKey: "musicianId", onDelete: "CASCADE" });
Musicians.hasMany(Remarks, { foreignKey: "musicianId", onDelete: "SET NULL" });
Musicians.addHook("afterDestroy", async (musician) => {
  await Moods.destroy({ where: { musicianId: musician.get("id") as number } });
});

export async function keep(child: Child): Promise<void> {
  await sequelize.sync({ force: true });
  await Musicians.create({ id: child.id, name: child.name });
  await Recordings.create({ musicianId: child.id, data: child.recording });
  await Remarks.create({ musicianId: child.id, text: child.remark });
  await Moods.create({ musicianId: child.id, value: child.mood });
}

/** @deletionPath request */
export async function erase(id: number): Promise<void> {
  const musician = await Musicians.findByPk(id, { rejectOnEmpty: true });
  await musician.destroy();
}
