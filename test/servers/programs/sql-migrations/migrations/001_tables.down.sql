DROP TABLE falls, tracks, lessons, riders;
