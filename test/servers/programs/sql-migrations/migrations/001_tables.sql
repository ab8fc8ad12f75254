CREATE TABLE riders (id int PRIMARY KEY, full_name text);
CREATE TABLE lessons (id int PRIMARY KEY, rider_id int NOT NULL REFERENCES riders (id) ON DELETE CASCADE);
CREATE TABLE tracks (lesson_id int, points text, CONSTRAINT tracks_lesson_fk FOREIGN KEY (lesson_id) REFERENCES lessons (id));
CREATE TABLE falls (rider_id int REFERENCES riders (id) ON DELETE CASCADE, injury text);
