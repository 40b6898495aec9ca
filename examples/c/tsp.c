/* Looks for a short round trip through cities by simulated annealing and prints its length. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { CITIES = 150 };

static uint64_t state;

/* xorshift64* by Marsaglia and Vigna: numbers in [0, 1). */
static double uniform(void) {
  state ^= state >> 12;
  state ^= state << 25;
  state ^= state >> 27;
  return (double)((state * 2685821657736338717ULL) >> 11) / 9007199254740992.0;
}

static double x[CITIES], y[CITIES];
static int tour[CITIES];

static double distance(int a, int b) { return hypot(x[a] - x[b], y[a] - y[b]); }

static double length(void) {
  double sum = 0;
  for (int i = 0; i < CITIES; i++) sum += distance(tour[i], tour[(i + 1) % CITIES]);
  return sum;
}

static void reverse(int from, int to) {
  for (; from < to; from++, to--) {
    int city = tour[from];
    tour[from] = tour[to];
    tour[to] = city;
  }
}

/* Turns part of the tour around when that is shorter, or by chance at a high temperature. */
static void step(double temperature, int reach) {
  int from = 1 + (int)(uniform() * (CITIES - 2));
  int to = from + 1 + (int)(uniform() * reach);
  if (to > CITIES - 1) to = CITIES - 1;
  int before = tour[from - 1], after = tour[(to + 1) % CITIES];
  double change = distance(before, tour[to]) + distance(tour[from], after) - distance(before, tour[from]) -
                  distance(tour[to], after);
  if (change <= 0 || uniform() < exp(-change / temperature)) reverse(from, to);
}

int main(int argc, char **argv) {
  double temperature = 1.0, cooling = 0.9;
  int reach = 20;
  long steps = 300000;
  state = 1;
  for (int option; (option = getopt(argc, argv, "t:c:r:n:s:")) != -1;) {
    switch (option) {
      case 't': temperature = atof(optarg); break; /* temperature to begin with */
      case 'c': cooling = atof(optarg); break;     /* what it is multiplied by, 100 times */
      case 'r': reach = atoi(optarg); break;       /* most cities turned around at once */
      case 'n': steps = atol(optarg); break;       /* steps in all */
      case 's': state = 1 + strtoull(optarg, NULL, 10); break;
      default: fprintf(stderr, "usage: %s [-t temperature] [-c cooling] [-r reach] [-n steps] [-s seed]\n", argv[0]); return 2;
    }
  }
  uint64_t seed = state * 0x9e3779b97f4a7c15ULL;
  state = 88172645463325252ULL;
  for (int i = 0; i < CITIES; i++) {
    x[i] = uniform();
    y[i] = uniform();
    tour[i] = i;
  }
  state = seed;
  for (int round = 0; round < 100; round++, temperature *= cooling)
    for (long i = 0; i < steps / 100; i++) step(temperature, reach);
  printf("tour length: %.4f\n", length());
  return 0;
}
