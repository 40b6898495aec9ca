#!/bin/sh
# A training program of the fault campaigns: $1 is what it reports, $2 how many milliseconds it takes. It keeps a witness of
# its own in $FAULTS_WITNESS, so that what the tuner says can be checked against what ran.
own="$ATTUNE_TRIAL $ATTUNE_ATTEMPT"
echo "begin $own $$" >>"$FAULTS_WITNESS"
printf '{"step": 1, "loss": 2.5}\n{"step": 2, "loss": %s}\n' "$1"
sleep "$(printf '0.%03d' "$2")"
echo "end $own $1" >>"$FAULTS_WITNESS"
echo "loss=$1"
