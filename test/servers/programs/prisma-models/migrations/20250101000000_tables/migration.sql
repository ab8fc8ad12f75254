-- CreateTable
CREATE TABLE "singers" (
    "id" INTEGER NOT NULL,
    "full_name" TEXT,
    "phone" TEXT,

    CONSTRAINT "singers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "songs" (
    "id" SERIAL NOT NULL,
    "words" TEXT NOT NULL,
    "singer_id" INTEGER NOT NULL,

    CONSTRAINT "songs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "wishes" (
    "id" SERIAL NOT NULL,
    "text" TEXT NOT NULL,
    "singer_id" INTEGER,

    CONSTRAINT "wishes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "voices" (
    "id" SERIAL NOT NULL,
    "singer_id" INTEGER NOT NULL,
    "range" TEXT NOT NULL,
    "deleted_at" TIMESTAMP(3),

    CONSTRAINT "voices_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "songs" ADD CONSTRAINT "songs_singer_id_fkey" FOREIGN KEY ("singer_id") REFERENCES "singers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wishes" ADD CONSTRAINT "wishes_singer_id_fkey" FOREIGN KEY ("singer_id") REFERENCES "singers"("id") ON DELETE SET NULL ON UPDATE CASCADE;
