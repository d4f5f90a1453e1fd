$curve0 << END
0.999999 80.4847 80.3797 80.5896
2 82.078 82.0026 82.1534
8 82.7777 82.73 82.8254
END
$curve1 << END
0.999999 80.4433 80.3306 80.5561
2 81.9953 81.9166 82.074
8 82.7407 82.6894 82.7919
END
set encoding utf8
set style line 1 linecolor rgb "#0072B2" linewidth 2 pointtype 7 pointsize 0.7
set style line 2 linecolor rgb "#D55E00" linewidth 2 pointtype 5 pointsize 0.7
set style line 3 linecolor rgb "#009E73" linewidth 2 pointtype 9 pointsize 0.8
set style line 4 linecolor rgb "#CC79A7" linewidth 2 pointtype 11 pointsize 0.8
set style line 5 linecolor rgb "#E69F00" linewidth 2 pointtype 13 pointsize 0.8
set style line 6 linecolor rgb "#56B4E9" linewidth 2 pointtype 6 pointsize 0.8
set style line 7 linecolor rgb "#7F7F7F" linewidth 2 pointtype 4 pointsize 0.8
set style line 9 linecolor rgb "#333333" linewidth 2
set border 3 linecolor rgb "#333333"
set tics nomirror out scale 0.6
set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
set logscale x
set xrange [0.8:10]
set xtics ("1" 0.999999, "2" 2, "8" 8)
set offsets 0, 0, graph 0.06, graph 0.04
set xlabel "Privacy loss ε (upper bound, δ = 10^{-5})\n{/*0.7 client level, add-or-remove-one, poisson(rate=0.1), pld accountant}\n{/*0.7 points: mean of 30 with 95 % interval}"
set ylabel "Test accuracy (%)"
set key below horizontal maxcols 1 opaque samplen 2.5 spacing 1.2
plot $curve0 using 1:2:3:4 with yerrorlines linestyle 1 title "gaussian", \
     $curve1 using 1:2:3:4 with yerrorlines linestyle 2 title "discrete gaussian entropy seed"
