# Reads trials.csv of a results folder with R's own reader, and says where a type or a value is not as it
# should be.
#
#   Rscript read_tables.R FOLDER
folder <- commandArgs(trailingOnly = TRUE)[1]
trials <- read.csv(file.path(folder, "trials.csv"), colClasses = c(trial = "character"), na.strings = "")
rounds <- read.csv(file.path(folder, "rounds.csv"), colClasses = c(trial = "character"), na.strings = "")
settings <- read.csv(file.path(folder, "tradeoff.csv"), na.strings = "")

stopifnot(
  is.character(trials$trial), all(nchar(trials$trial) == 16), setequal(trials$trial, rounds$trial),
  is.integer(trials$setting), is.integer(trials$replicate), is.integer(trials$rounds),
  is.character(trials$sweep), is.character(trials$privacy_unit), is.character(trials$sampling),
  is.numeric(trials$epsilon_upper), is.numeric(trials$delta), is.numeric(trials$accuracy),
  any(trials$epsilon_upper == Inf), all(trials$epsilon_upper[trials$noise_multiplier > 0] < Inf),
  all(is.na(trials$clipping_norm) == (trials$noise_multiplier == 0)),
  all(is.na(trials$precision_limit)),
  is.integer(rounds$round), is.numeric(rounds$value), is.character(rounds$metric),
  is.integer(settings$n), is.numeric(settings$accuracy_lower)
)
means <- tapply(trials$accuracy, trials$setting, mean)
stopifnot(all(abs(means[as.character(settings$setting)] - settings$accuracy_mean) < 1e-12))
cat(sprintf("%d trials, %d measurements, %d settings\n", nrow(trials), nrow(rounds), nrow(settings)))
