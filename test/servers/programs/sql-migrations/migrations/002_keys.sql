ALTER TABLE tracks DROP CONSTRAINT tracks_lesson_fk;
ALTER TABLE tracks ADD CONSTRAINT tracks_lesson_fk FOREIGN KEY (lesson_id) REFERENCES lessons (id) ON DELETE CASCADE;
ALTER TABLE falls DROP CONSTRAINT falls_rider_id_fkey;
