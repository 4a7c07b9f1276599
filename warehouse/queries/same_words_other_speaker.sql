-- Which words do two outlets credit to different people?
SELECT site, speaker, other_site, other_speaker, wording, difference
FROM speaker_conflicts
ORDER BY utterance_id, site, other_site
LIMIT 10;
