#!/bin/sh
# Divides a sweep over the tasks of a Slurm array, a part each:
#
#   parts=$(sbatch --parsable --array=1-8 experiments/slurm-array.sh experiments/fashion-mnist-fedavg.yaml)
#   sbatch --dependency=afterok:$parts --wrap 'tradeoff merge results/fashion-mnist-fedavg.shard-*'
#
# A task that is killed or that runs out of time goes on where it stopped when it is submitted again.
# All nodes must be of one kind, or be made to compute alike: export OPENBLAS_CORETYPE=Haswell.
#SBATCH --job-name=tradeoff
#SBATCH --cpus-per-task=1
#SBATCH --output=slurm-%A-%a.log
set -eu
# Slurm counts from --array's first number, and a part from 1.
index=$((SLURM_ARRAY_TASK_ID - SLURM_ARRAY_TASK_MIN + 1))
exec tradeoff run "$@" --no-plot --threads "${SLURM_CPUS_PER_TASK:-1}" \
  --shard "$index/$SLURM_ARRAY_TASK_COUNT"
